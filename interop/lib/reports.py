"""A delivery status notification as a third party reads it: Python's `email`, held against RFC 3464 and RFC 6522."""

import email
import email.policy
import email.utils
import re
from dataclasses import dataclass

from ehlo import expect

PER_MESSAGE = {"Original-Envelope-Id", "Reporting-MTA", "DSN-Gateway", "Received-From-MTA", "Arrival-Date"}
PER_RECIPIENT = {"Original-Recipient", "Final-Recipient", "Action", "Status", "Remote-MTA", "Diagnostic-Code"} | {
    "Last-Attempt-Date",
    "Final-Log-ID",
    "Will-Retry-Until",
}
# What was put off until it was given up has the class 4 of its last answer, as Postfix has it too.
ACTIONS = {"failed": "[45]", "delayed": "4", "delivered": "2", "relayed": "2", "expanded": "2"}


@dataclass
class Report:
    """What a report says: the text for people, the fields of the mail and of each recipient, and what was returned."""

    header: email.message.Message
    text: str
    mail: dict
    recipients: list
    returned: email.message.Message | None

    def of(self, recipient):
        """The fields of one recipient, which must be there once."""
        found = [r for r in self.recipients if address(r["Final-Recipient"]) == recipient]
        expect(len(found) == 1, f"the report has {len(found)} groups for {recipient}: {self.recipients}")
        return found[0]


def address(field):
    """The address of a typed field such as `rfc822; ann@example.org`."""
    kind, _, rest = field.partition(";")
    expect(kind.strip().lower() in ("rfc822", "utf-8"), f"an address of an unknown type: {field!r}")
    return rest.strip()


def report(octets):
    """Parses a report (without the lines of the final server) and checks all that RFC 3464 asks of any report."""
    mail = email.message_from_bytes(octets, policy=email.policy.default)
    wrong = [problem for part in mail.walk() for problem in part.defects]
    expect(not wrong, f"defects: {wrong}: {octets.decode('utf-8', 'replace')}")
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"):
        expect(len(mail.get_all(name, [])) == 1, f"not one {name} in the header of the report: {mail.items()}")
    expect(mail["Auto-Submitted"].startswith("auto-"), f"Auto-Submitted: {mail['Auto-Submitted']} (RFC 3834)")
    expect(mail["Date"].datetime is not None, f"Date: {mail['Date']}")
    expect(mail.get_content_type() == "multipart/report", mail["Content-Type"])
    parts = list(mail.iter_parts())
    expect(len(parts) in (2, 3), f"{len(parts)} parts")
    expect(parts[0].get_content_type() == "text/plain", parts[0]["Content-Type"])
    status = parts[1]
    expect(status.get_content_type() in ("message/delivery-status", "message/global-delivery-status"), status["Content-Type"])
    expect(mail.get_param("report-type") == status.get_content_subtype(), mail["Content-Type"])  # RFC 6522 section 3
    groups = blocks(status)
    expect(len(groups) >= 2, f"only {len(groups)} groups of fields: {status}")
    first, rest = groups[0], groups[1:]
    known(first, PER_MESSAGE)
    expect(re.fullmatch(r"(?i)dns; ?[\w.-]+", first.get("Reporting-MTA", "")), f"Reporting-MTA: {first}")
    dates(first, "Arrival-Date")
    for group in rest:
        known(group, PER_RECIPIENT)
        expect("Final-Recipient" in group, f"no Final-Recipient: {group}")
        action, code = group.get("Action", ""), group.get("Status", "")
        expect(action in ACTIONS, f"Action: {action}")
        expect(re.fullmatch(rf"{ACTIONS[action]}\.\d{{1,3}}\.\d{{1,3}}", code), f"Action {action}, Status {code}")
        diagnostic = group.get("Diagnostic-Code")
        expect(diagnostic is None or re.match(r"[\w-]+; ?.", diagnostic), f"Diagnostic-Code: {diagnostic}")
        if diagnostic and diagnostic.lower().startswith("smtp;"):
            expect(re.match(r"(?i)smtp; ?[2-5]\d\d\b", diagnostic), f"Diagnostic-Code: {diagnostic}")
        dates(group, "Last-Attempt-Date", "Will-Retry-Until")
    returned = None
    if len(parts) == 3:
        kind = parts[2].get_content_type()
        expect(kind in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"), kind)
        if parts[2].is_multipart():  # as Python has it of every message/*
            returned = parts[2].get_payload(0)
        else:
            returned = email.message_from_bytes(parts[2].get_payload(decode=True), policy=email.policy.default)
    return Report(mail, parts[0].get_content(), first, rest, returned)


def blocks(part):
    """The groups of fields of a delivery-status part."""
    payload = part.get_payload()
    if part.get_content_type() == "message/global-delivery-status":  # which Python takes for a mail with a body
        rest = payload[0].get_payload(decode=True).decode()
        payload += [email.message_from_string(block) for block in re.split(r"(?:\r?\n){2,}", rest.strip())]
    groups = []
    for block in payload:
        if block.items():
            names = [name for name, _ in block.items()]
            expect(len(names) == len(set(names)), f"a field stands twice: {names}")
            groups.append({name: re.sub(r"\s+", " ", str(value)) for name, value in block.items()})
    return groups


def known(group, names):
    strange = [name for name in group if name not in names and not name.startswith("X-")]
    expect(not strange, f"fields that RFC 3464 does not know here: {strange}")


def dates(group, *names):
    for name in names:
        if name in group:
            expect(email.utils.parsedate_to_datetime(group[name]).tzinfo is not None, f"{name}: {group[name]}")
