package me.ehlo.control;

/** What {@code --quota} says: octets, 0 for no limit. */
public record Quota(long octets) {}
