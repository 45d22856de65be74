package me.ehlo.planted.config;

/** Something to know. */
public record Keys() {}
