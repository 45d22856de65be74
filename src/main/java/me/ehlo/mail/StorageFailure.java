package me.ehlo.mail;

/**
 * The store could not do what was asked; nothing was promised and nothing that was promised is lost.
 *
 * <p>It never shares a type with a failing wire: the conversation goes on and says 452 or 451.
 */
public final class StorageFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble, in the terms that the conversation needs. */
  public enum Kind {
    /** The disk or the database is full; later it may not be (452 4.3.1). */
    FULL,
    /** An input/output error, a lock, a lost database (451 4.3.0). */
    TROUBLE,
    /** What is stored does not match its checksum; trying again will not help. */
    DAMAGED
  }

  private final Kind kind;

  public StorageFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StorageFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
