"""Messages and their files as the JSON objects Discord sends."""

from __future__ import annotations

from bot.sandbox.clock import iso
from bot.sandbox.model import Attachment, Json, Message
from bot.sandbox.payloads import channel, user
from bot.sandbox.world import World

__all__ = ["attachment", "message", "png_size"]


def attachment(of: Attachment, *, channel_id: int, cdn: str) -> Json:
    """A stored file; `cdn` is the address the double serves files at."""
    url = f"{cdn}/attachments/{channel_id}/{of.id}/{of.filename}"
    made: Json = {
        "id": str(of.id),
        "filename": of.filename,
        "size": len(of.content),
        "url": url,
        "proxy_url": url,
        "content_type": of.content_type,
    }
    if of.description:
        made["description"] = of.description
    size = png_size(of.content)
    if size:
        made["width"], made["height"] = size
    return made


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, or `None` for anything else."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def message(world: World, of: Message, *, cdn: str) -> Json:
    """A message as REST and the gateway give it."""
    made: Json = {
        "id": str(of.id),
        "channel_id": str(of.channel_id),
        "type": of.kind,
        "author": user(of.author),
        "content": of.content,
        "embeds": of.embeds,
        "components": of.components,
        "attachments": [attachment(item, channel_id=of.channel_id, cdn=cdn) for item in of.attachments],
        "mentions": [user(world.users[user_id]) for user_id in of.pinged_users],
        "mention_roles": [str(role_id) for role_id in of.pinged_roles],
        "mention_everyone": of.pinged_everyone,
        "timestamp": iso(of.created_at),
        "edited_timestamp": iso(of.edited_at) if of.edited_at else None,
        "flags": of.flags,
        "pinned": of.pinned,
        "tts": of.tts,
    }
    if of.nonce is not None:
        made["nonce"] = of.nonce
    if of.reference_id is not None:
        made["message_reference"] = {
            "type": 0,
            "channel_id": str(of.channel_id),
            "message_id": str(of.reference_id),
        }
    if of.thread_id is not None and of.thread_id in world.channels:
        made["thread"] = channel(world.channels[of.thread_id])
    if of.interaction_id is not None:
        made |= _interaction_fields(world, of)
    return made


def _interaction_fields(world: World, of: Message) -> Json:
    interaction = world.interactions[of.interaction_id or 0]
    owners = {"0": str(interaction.guild_id)} if interaction.guild_id else {}
    metadata: Json = {
        "id": str(interaction.id),
        "type": interaction.type,
        "user": user(interaction.user),
        "authorizing_integration_owners": owners,
    }
    if interaction.type == 3:
        metadata["interacted_message_id"] = str(interaction.message_id)
    if interaction.type == 5:
        metadata["triggering_interaction_metadata"] = {
            **metadata,
            "type": 2,
        }
    if interaction.original_id and interaction.original_id != of.id:
        metadata["original_response_message_id"] = str(interaction.original_id)
    return {
        "application_id": str(world.application_id),
        "webhook_id": str(world.application_id),
        "interaction_metadata": metadata,
    }
