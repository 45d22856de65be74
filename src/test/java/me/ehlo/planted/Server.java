package me.ehlo.planted;

import me.ehlo.planted.config.Keys;
import me.ehlo.planted.store.Shelf;

/** May know every room: nothing is to be found here. */
public record Server(Shelf shelf, Keys keys) {}
