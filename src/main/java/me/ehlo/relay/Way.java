package me.ehlo.relay;

import java.util.Optional;
import me.ehlo.relay.NextHop.Login;
import me.ehlo.relay.NextHop.TlsDemand;

/** How mail for some domains goes on. */
public sealed interface Way {

  /** Where the DNS says. */
  record ByDns(TlsDemand tls) implements Way {}

  /**
   * To this server.
   *
   * @param name its name, or its address without brackets
   * @param login what it wants to know; then verified TLS is demanded, whatever else was asked for
   */
  record ByServer(String name, int port, TlsDemand tls, Optional<Login> login) implements Way {
    public ByServer {
      tls = login.isPresent() ? TlsDemand.VERIFY : tls;
    }

    /** Those that ask other things of the same server stand in other lines. */
    String lane() {
      String address = (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + port;
      String demand =
          switch (tls) {
            case OPPORTUNISTIC -> "";
            case REQUIRE -> " tls=require";
            case VERIFY -> " tls=verify";
          };
      return address + demand;
    }
  }
}
