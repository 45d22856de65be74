package me.ehlo.planted.front;

import java.util.logging.Logger;
import me.ehlo.planted.Server;
import me.ehlo.planted.queue.Turn;

/** Knows what comes after the commit, knows the door, and logs. */
public record Bell(Turn turn, Server server, Logger logger) {}
