"""`python -m bot.sandbox --port N`: the loopback Discord as a process of its own, driven through `/control`.

Prints one JSON line with the addresses when it listens, and ends on an interrupt or a stop signal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from bot.sandbox.server import LoopbackDiscord


async def _serve(port: int, token: str) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with LoopbackDiscord(port=port, token=token) as discord:
        told = {
            "api": discord.api_url,
            "gateway": discord.gateway_url,
            "control": f"{discord.base_url}/control",
        }
        sys.stdout.write(json.dumps({**told, "token": token}) + "\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--token", default="loopback-token", help="the bot token to accept")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, arguments.token))


if __name__ == "__main__":
    main()
