/** A small house in which everything is wrong, so that {@link me.ehlo.ArchitectureTest} can show that it would notice. */
package me.ehlo.planted;
