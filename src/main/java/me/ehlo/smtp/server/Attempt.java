package me.ehlo.smtp.server;

/**
 * An attempt to log in, for the log.
 *
 * @param user the name as the client gave it; empty if it has given none
 * @param mechanism in upper case
 */
public record Attempt(String user, String mechanism) {}
