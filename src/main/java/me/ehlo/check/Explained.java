package me.ehlo.check;

import me.ehlo.mime.ReadMail;

/** A mail that was received, explained: what was found, the mail, and its way. */
public record Explained(Report report, ReadMail mail, Route route) {}
