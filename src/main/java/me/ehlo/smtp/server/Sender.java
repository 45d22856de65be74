package me.ehlo.smtp.server;

/**
 * How the client introduced itself.
 *
 * @param name what it said behind EHLO or HELO; its address literal where it said nothing
 * @param extended whether by EHLO, so that extensions may be used
 */
public record Sender(String name, boolean extended) {}
