package me.ehlo.net;

/** The wire failed: the peer is gone, or says nothing. Storage that fails is another matter and another type. */
public final class WireFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** How it failed. */
  public enum Kind {
    /** The peer closed or reset the connection, or the network did. */
    LOST,
    /** The peer said nothing, or took nothing, for longer than it may. */
    TIMED_OUT,
    /** We are stopping and wanted no more to be said. */
    STOPPED
  }

  private final Kind kind;

  WireFailure(Kind kind) {
    super(kind.name());
    this.kind = kind;
  }

  WireFailure(Throwable cause) {
    super(cause.getMessage(), cause);
    this.kind = Kind.LOST;
  }

  /** Of a wire that we leave on purpose, without waiting for what is still to be said. */
  public static WireFailure left() {
    return new WireFailure(Kind.STOPPED);
  }

  public Kind kind() {
    return kind;
  }
}
