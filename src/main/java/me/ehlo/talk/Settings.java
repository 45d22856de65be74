package me.ehlo.talk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.ehlo.call.Door;

/**
 * What was asked for on the command line.
 *
 * @param door the kind of server it is
 * @param name ours, behind EHLO
 * @param tlsAtOnce whether TLS is begun before anything is typed
 * @param strict whether a certificate that is not good ends it
 * @param family which addresses are tried
 * @param connecting how long a connection may take
 * @param patience how long an answer is awaited
 * @param explains whether answers are explained
 * @param lastStatus whether the shell is told how the last step went
 * @param transcripts the folder where conversations are kept; empty: none is
 * @param transcript the file for this one, if it was named
 */
public record Settings(
    Target target,
    Door door,
    String name,
    boolean tlsAtOnce,
    boolean strict,
    Family family,
    Duration connecting,
    Duration patience,
    boolean explains,
    boolean lastStatus,
    Optional<Path> transcripts,
    Optional<Path> transcript) {

  /** Kinds of addresses. */
  public enum Family {
    ANY,
    IPV4,
    IPV6
  }
}
