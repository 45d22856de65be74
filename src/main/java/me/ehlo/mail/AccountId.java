package me.ehlo.mail;

/** The store's number for a local account; stable for ever and never used again. */
public record AccountId(long value) {}
