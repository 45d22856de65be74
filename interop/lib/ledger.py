"""What was promised, kept outside the server: every mail with its hash, and whether it was acknowledged."""

import hashlib
import re

from ehlo import expect
from mails import content


class Ledger:
    """Mails of one maildrop; `send` tries one and notes the reply, `audit` compares with what is there."""

    def __init__(self):
        self.sent, self.acknowledged, self.refused = {}, set(), {}

    def send(self, smtp, octets=4096, to="ann@localhost"):
        """One mail by this connection of smtplib; returns the reply to its end, or the first refusal."""
        number = f"m{len(self.sent)}"
        line = f"{number} is the number of this mail\r\n".encode()
        head = f"From: <load@client.example>\r\nSubject: mail {number}\r\nX-Ledger: {number}\r\n\r\n".encode()
        mail = head + line * max(1, (octets - len(head)) // len(line))
        self.sent[number] = hashlib.sha256(mail).hexdigest()
        for command in (lambda: smtp.mail("load@client.example"), lambda: smtp.rcpt(to)):
            code, text = command()
            if code != 250:
                self.refused[number] = (code, text)
                if code != 421:  # after which the connection is gone
                    smtp.rset()
                return code, text
        smtp.putcmd("DATA")
        code, text = smtp.getreply()
        if code == 354:
            smtp.sock.sendall(mail + b".\r\n")
            code, text = smtp.getreply()
        if code == 250:
            self.acknowledged.add(number)
        else:
            self.refused[number] = (code, text)
        return code, text

    def audit(self, mails):
        """Every acknowledged mail once and unchanged; returns the refused ones that are there all the same."""
        seen = set()
        for mail in mails:
            body = content(mail)
            found = re.search(rb"^X-Ledger: (\S+)\r$", body, re.M)
            expect(found, f"a mail is there that nobody sent: {body[:200]!r}")
            number = found.group(1).decode()
            expect(number in self.sent, f"mail {number} is there and nobody sent it")
            expect(number not in seen, f"mail {number} is there twice")
            expect(hashlib.sha256(body).hexdigest() == self.sent[number], f"mail {number} is altered")
            seen.add(number)
        lost = self.acknowledged - seen
        expect(not lost, f"acknowledged and not there: {sorted(lost)}")
        return seen - self.acknowledged
