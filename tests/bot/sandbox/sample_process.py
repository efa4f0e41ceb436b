"""The sample bot as a process, for testing the driver: `python -m tests.bot.sandbox.sample_process`."""

from __future__ import annotations

import asyncio
import os
import signal
from types import SimpleNamespace

from tests.bot.conftest import led_to
from tests.bot.sandbox.sample_bot import SampleBot


async def _run() -> None:
    addresses = SimpleNamespace(
        api_url=os.environ["SITREP_DISCORD_API"], gateway_url=os.environ["SITREP_DISCORD_GATEWAY"]
    )
    with led_to(addresses):
        bot = SampleBot(shard_count=1)
        closing = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, closing.set)
        serving = asyncio.create_task(bot.start(os.environ["DISCORD_TOKEN"]))
        stopping = asyncio.create_task(closing.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await bot.close()
        stopping.cancel()
        await serving


if __name__ == "__main__":
    asyncio.run(_run())
