"""`python -m bot.sandbox --port N`: the loopback Discord as a process of its own, driven through `/control`.

It starts with a small server (channels news, wire and reports; users reader and admin) unless `--empty` is given,
prints one JSON line with the addresses when it listens, and ends on an interrupt or a stop signal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from bot.sandbox.server import LoopbackDiscord

__all__ = ["main"]

_HINT = """
The page is at {page}. Start the bot in another terminal:
  {variables} sitrep run
Then use it as a member would:
  curl -s {control}/slash -d '{{"user": "reader", "name": "help"}}'
"""


async def _serve(port: int, token: str, *, empty: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with LoopbackDiscord(port=port, token=token) as discord:
        if not empty:
            discord.add_newsroom()
        control = f"{discord.base_url}/control"
        told = {"api": discord.api_url, "gateway": discord.gateway_url, "control": control, "token": token}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        variables = " ".join(f"{name}={value}" for name, value in discord.environment().items())
        sys.stderr.write(_HINT.format(variables=variables, control=control, page=discord.base_url))
        await stopped.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(
        description="A Discord on this machine, to try the bot without an account."
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--token", default="loopback-token", help="the bot token to accept")
    parser.add_argument("--empty", action="store_true", help="start without any server")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, arguments.token, empty=arguments.empty))


if __name__ == "__main__":
    main()
