package me.ehlo.send;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Where the command stands.
 *
 * @param terminal whether a person looks on
 * @param width of the terminal in columns; 0: there is none
 * @param mailer what mails say that made them
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    boolean colour,
    int width,
    Asking asking,
    Map<String, String> environment,
    String mailer,
    ZoneId zone,
    RandomGenerator random) {}
