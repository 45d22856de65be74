package me.ehlo.config;

/** A value that somebody gave a key: its text (the items of a list with commas between), and where it stands. */
record Given(Key<?> key, String text, Source source) {}
