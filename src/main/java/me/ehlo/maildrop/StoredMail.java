package me.ehlo.maildrop;

import me.ehlo.mail.MailId;

/**
 * A mail in a maildrop.
 *
 * @param id also its unique-id in POP3 (RFC 1939 UIDL): stable for ever
 * @param octets its size as {@link Maildrop#content} gives it: our Return-Path and Received in front, then what came
 * @param smtpUtf8 whether it was accepted with SMTPUTF8, so that its header may hold UTF-8 (RFC 6856)
 */
public record StoredMail(MailId id, long octets, boolean smtpUtf8) {}
