package me.ehlo.control;

import java.util.List;
import java.util.Map;

/**
 * What the commands set in motion.
 *
 * <p>Behind it stand the configuration, the store and the server; the commands themselves know none of these, so that
 * {@code ehlo --help} loads none of them. Each answers with the exit code and has told why when it is not 0.
 */
public interface Door {

  int serve(SiteOptions where);

  int talk(SiteOptions where, TalkOptions options);

  /** Through the control socket where a server runs, else alone. */
  int administer(SiteOptions where, Request request, boolean passwordFromInput);

  /** Takes a mail from the standard input, or whatever else is asked of sendmail in its own words. */
  int sendmail(List<String> words);

  /**
   * Sends a mail.
   *
   * @param typed options by their first names, in the order in which they were typed, with their values
   */
  int send(CallerOptions where, List<Map.Entry<String, String>> typed);

  int showConfiguration(SiteOptions where);

  int checkConfiguration(SiteOptions where);

  /** Looks for what is wrong with a domain's mail, with the way out, or with our own site. */
  int check(SiteOptions where, CheckOptions wanted, boolean colour);
}
