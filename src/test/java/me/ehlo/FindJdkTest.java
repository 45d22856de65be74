package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code .mvn/find-jdk} finds, on machines made of empty JDKs. */
class FindJdkTest {

  private static final String NOTHING_BUT_SH = "/nonexistent";

  @TempDir Path machine;

  @BeforeEach
  void aMachineWithSomeJdks() throws IOException {
    jdk("java-17", "17.0.15");
    jdk("java-25", "25.0.3");
    jdk("java-27", "27");
    jdk("early", "26-ea");
    Files.createDirectories(machine.resolve("a jre/bin"));
    Files.writeString(machine.resolve("a jre/release"), "JAVA_VERSION=\"25\"\n");
  }

  @Test
  void javaHomeIsTakenWhenItIsNewEnough() throws Exception {
    assertThat(find("java-27", NOTHING_BUT_SH, "/*")).isEqualTo("java-27");
    assertThat(find("early", NOTHING_BUT_SH, "/*")).isEqualTo("early");
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    assertThat(find("java-17", NOTHING_BUT_SH, "/*")).isEqualTo("java-25");
    assertThat(find("a jre", NOTHING_BUT_SH, "/*")).isEqualTo("java-25");
    assertThat(find("gone", NOTHING_BUT_SH, "/*")).isEqualTo("java-25");
  }

  @Test
  void javaOnThePathIsTakenBeforeTheFolders() throws Exception {
    Files.createDirectories(machine.resolve("bin"));
    Files.createSymbolicLink(machine.resolve("bin/java"), machine.resolve("java-27/bin/java"));

    assertThat(find("", machine + "/bin:/usr/bin:/bin", "/*")).isEqualTo("java-27");
    assertThat(find("", machine + "/java-17/bin:/usr/bin:/bin", "/*")).isEqualTo("java-25");
  }

  @Test
  void amongFoldersTheNearestTo25IsTaken() throws Exception {
    assertThat(find("", NOTHING_BUT_SH, "/*")).isEqualTo("java-25");
    assertThat(find("", NOTHING_BUT_SH, "/java-27:MACHINE/early")).isEqualTo("early");
  }

  @Test
  void withoutOneASentenceSaysWhatToInstall() throws Exception {
    assertThat(find("java-17", NOTHING_BUT_SH, "/java-17"))
        .startsWith("Ehlo needs a JDK 25 or newer and found none: install one with ")
        .contains("Debian", "Fedora", "macOS", "adoptium.net", "JAVA_HOME");
  }

  /** The name of the JDK that is found, or what is said when there is none. */
  private String find(String javaHome, String path, String folders) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", "-euf", "-c", ". .mvn/find-jdk; echo \"$JAVA_HOME\"");
    shell.environment().clear();
    shell
        .environment()
        .putAll(
            Map.of(
                "PATH",
                path,
                "JDK_FOLDERS",
                machine + folders.replace("MACHINE", machine.toString())));
    if (!javaHome.isEmpty()) {
      shell.environment().put("JAVA_HOME", machine.resolve(javaHome).toString());
    }
    Process process = shell.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said.strip().replace(machine + "/", "");
  }

  private void jdk(String name, String version) throws IOException {
    Path bin = Files.createDirectories(machine.resolve(name).resolve("bin"));
    for (String program : new String[] {"java", "javac"}) {
      Files.createFile(bin.resolve(program)).toFile().setExecutable(true);
    }
    Files.writeString(
        machine.resolve(name).resolve("release"),
        "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
  }
}
