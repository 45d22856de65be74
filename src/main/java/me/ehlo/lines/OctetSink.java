package me.ehlo.lines;

/** Takes runs of octets; {@code F} is what may go wrong with them. */
@FunctionalInterface
public interface OctetSink<F extends Exception> {
  void accept(byte[] octets, int offset, int length) throws F;
}
