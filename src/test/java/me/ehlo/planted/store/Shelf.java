package me.ehlo.planted.store;

import me.ehlo.planted.smtp.Verb;

/** Knows a conversation. */
public record Shelf(Verb verb) {}
