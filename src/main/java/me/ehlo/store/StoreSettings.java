package me.ehlo.store;

import java.nio.file.Path;

/**
 * Where the store is.
 *
 * @param data the data folder; or a file that a backup made, which is then opened by itself
 * @param url {@code postgresql://user:password@host/db}; empty: SQLite in the data folder
 */
public record StoreSettings(Path data, String url) {}
