package me.ehlo.control;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Ehlo this is: the build writes it into the jar. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"ehlo " + text()};
  }

  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packed)");
  }
}
