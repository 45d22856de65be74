package me.ehlo.spool;

import java.time.Instant;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.MailId;

/**
 * Everything about a mail except its content, known when its last octet has come.
 *
 * @param id ours; it was told in no reply before the commit
 * @param receivedAt when the content was complete
 * @param envelope from whom, for whom
 * @param received what we put in front: the Received field (RFC 5321 §4.4), and before it Delivered-To where an alias
 *     leads to other sites; folded lines, CRLF after each; empty for a mail of our own making
 * @param smtpUtf8 whether the client asked for SMTPUTF8 (RFC 6531): the header may hold UTF-8
 * @param eightBit whether the content holds octets above 127 (RFC 6152)
 * @param firstTry when the recipients elsewhere are tried first; no matter where there are none
 */
public record Arrival(
    MailId id,
    Instant receivedAt,
    Envelope envelope,
    String received,
    boolean smtpUtf8,
    boolean eightBit,
    FirstTry firstTry) {}
