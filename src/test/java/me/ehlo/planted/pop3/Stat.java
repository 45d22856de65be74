package me.ehlo.planted.pop3;

/** Something to know. */
public record Stat() {}
