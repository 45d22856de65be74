package me.ehlo.planted.attic;

import me.ehlo.planted.attic.corner.Nook;

/** Stands where no room is, in a circle with its corner. */
public record Box(Nook nook) {}
