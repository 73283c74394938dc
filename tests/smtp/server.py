"""A real SMTP server that makes trouble on request, for the tests of the mailer.

It writes each message it accepts to FOLDER/<n>.json (envelope, greeting, whether TLS was on, the message), prints
"port N" once it listens, and lives until its standard input closes.
"""

import argparse
import asyncio
import json
import logging
import os
import ssl
import sys
import warnings

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, LoginPassword, syntax

# What the server may do wrong, for as many connections as --times says.
TROUBLES = [
    "none",
    "stall-at-greeting",  # accepts the connection and says nothing
    "stall-at-data",  # takes the message and never answers
    "slow",  # waits half a second before each answer, and does everything right
    "refuse-greeting-421",
    "refuse-sender-451",
    "refuse-recipient-550",
    "refuse-message-451",
    "drop-in-data",  # breaks off in the middle of the message
    "drop-after-data",  # takes the message, keeps it, and breaks off before saying so
    "stall-at-quit",  # takes the message, says so, and never says goodbye
    "drop-at-quit",
    "garbage",  # speaks, but not SMTP
]


class Keeper:
    """Writes accepted messages down."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def keep(self, server, session, envelope):
        record = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "greeting": session.host_name,
            "tls": server.transport.get_extra_info("sslcontext") is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "message": envelope.content.decode("utf-8"),
        }
        path = os.path.join(self.folder, f"{self.count}.json")
        self.count += 1
        with open(path + ".tmp", "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.rename(path + ".tmp", path)

    async def handle_DATA(self, server, session, envelope):
        trouble = server.trouble
        if trouble == "refuse-message-451":
            return "451 try later"
        if trouble == "stall-at-data":
            await asyncio.sleep(3600)
        self.keep(server, session, envelope)
        if trouble == "drop-after-data":
            server.break_off()
        return "250 taken"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if server.trouble == "refuse-sender-451":
            return "451 greylisted"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if server.trouble == "refuse-recipient-550":
            # Real servers quote the address; the mailer must not repeat it.
            return f"550 5.1.1 <{address}> no such user"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"


class TroublesomeSMTP(SMTP):
    """One connection."""

    def __init__(self, *args, trouble="none", **kwargs):
        super().__init__(*args, **kwargs)
        self.trouble = trouble

    def break_off(self):
        self.transport.abort()
        raise asyncio.CancelledError

    async def push(self, status):
        if self.trouble == "slow":
            await asyncio.sleep(0.5)
        await super().push(status)

    async def _handle_client(self):
        if self.trouble == "stall-at-greeting":
            await asyncio.sleep(3600)
        if self.trouble == "refuse-greeting-421":
            await self.push("421 busy")
            self.transport.close()
            return
        if self.trouble == "garbage":
            self._writer.write(b"SSH-2.0-nothing\r\n")
            await self._writer.drain()
        await super()._handle_client()

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        if self.trouble == "drop-in-data":
            await self.push("354 go on")
            await self._reader.readline()
            self.break_off()
        await super().smtp_DATA(arg)

    @syntax("QUIT")
    async def smtp_QUIT(self, arg):
        if self.trouble == "stall-at-quit":
            await asyncio.sleep(3600)
        if self.trouble == "drop-at-quit":
            self.break_off()
        await super().smtp_QUIT(arg)


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=good, handled=False, auth_data=data if good else MISSING)

    return check


async def serve(options):
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    settings = {"hostname": "mail.test.invalid", "enable_SMTPUTF8": True, "timeout": 3600}
    if options.tls == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    if options.user:
        settings |= {
            "authenticator": authenticator(options.user, options.password),
            "auth_required": True,
            "auth_require_tls": options.tls == "starttls",
        }
    keeper = Keeper(options.folder)
    connections = 0

    def connection():
        nonlocal connections
        trouble = options.trouble if connections < options.times else "none"
        connections += 1
        return TroublesomeSMTP(keeper, trouble=trouble, **settings)

    implicit = context if options.tls == "tls" else None
    server = await asyncio.get_running_loop().create_server(
        connection, "127.0.0.1", options.port, ssl=implicit, reuse_address=True
    )
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.buffer.read)
    os._exit(0)  # connections that stall would keep the loop alive


def main():
    # The trouble is wanted, and so are its traces: they would only hide what a failing test has to say.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--trouble", choices=TROUBLES, default="none")
    parser.add_argument("--times", type=int, default=1_000_000, help="how many connections get the trouble")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
