package me.ehlo.planted.attic;

import java.io.ObjectInputStream;
import me.ehlo.planted.attic.corner.Nook;

/** Stands where no room is, in a circle with its corner, and unpacks whatever comes. */
public record Box(Nook nook, ObjectInputStream stream) {}
