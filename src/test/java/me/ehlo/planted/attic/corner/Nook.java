package me.ehlo.planted.attic.corner;

import me.ehlo.planted.attic.Box;

/** Knows a box that knows it. */
public record Nook(Box box) {}
