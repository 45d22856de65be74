package me.ehlo.config;

/**
 * A value that somebody gave a key: its text (the items of a list with commas between), and where it stands.
 *
 * @param entry whether it is one entry of a table, so that what weaker sources said of the others stays
 */
record Given(Key<?> key, String text, Source source, boolean entry) {}
