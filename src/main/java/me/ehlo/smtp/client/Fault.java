package me.ehlo.smtp.client;

/** What may go wrong with a conversation other than by a reply. */
public enum Fault {
  /** The connection is gone. */
  LOST,
  /** The other server took or said nothing for too long. */
  TIMED_OUT,
  /** We are stopping. */
  STOPPED,
  /** It said more than any reply needs. */
  ENDLESS,
  /** It said what is no reply, or no reply to what was asked. */
  NONSENSE,
  /** It, or somebody between, said something in the clear behind the reply to STARTTLS (response injection). */
  INJECTED,
  /** The handshake failed, or the certificate is not one that we trust. */
  NOT_SECURED,
  /** The content could not be read from where it is kept. */
  NO_CONTENT,
  /** The content is not what may be sent: it holds a bare CR, a bare LF or NUL, or has not the length that was told. */
  BAD_CONTENT
}
