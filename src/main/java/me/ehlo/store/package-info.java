/** SQL and nothing but SQL: the spool, the maildrops and the directory on SQLite or PostgreSQL. */
@NullMarked
package me.ehlo.store;

import org.jspecify.annotations.NullMarked;
