package me.ehlo.check;

import me.ehlo.mime.ReadMail;

/** A mail that was received: what the checks judge. */
record MailSeen(ReadMail mail, Route route) {}
