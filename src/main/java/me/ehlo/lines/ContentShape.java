package me.ehlo.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Follows a mail's structure run by run, headers, parts and parts of parts (RFC 2046), as far as the limits allow.
 *
 * <p>It takes one look at each octet, keeps one boundary for each open multipart and a line that may be one, and stops where
 * there is nothing left to follow: behind the header of most mails, or where a limit is passed. What it cannot make out (a
 * multipart without a usable boundary, a type that cannot be read) is one opaque part. An inner boundary is tried before
 * those around it; one that stands inside a header ends that, too.
 */
public final class ContentShape {

  /** Which limit was passed first. */
  public enum Excess {
    NONE,
    HEADER_OCTETS,
    HEADER_FIELDS,
    DEPTH,
    PARTS
  }

  private enum Place {
    LINE_START,
    /** In a line that begins with a hyphen, while something has parts. */
    CANDIDATE,
    IN_LINE,
    /** Behind a boundary, up to the end of its line. */
    BEHIND_BOUNDARY
  }

  /**
   * A multipart whose end has not come.
   *
   * @param depth of its parts
   */
  private record Multipart(Boundary boundary, int depth, boolean digest) {}

  private final ContentLimits limits;
  private final HeaderScan top = new HeaderScan();
  private final List<Multipart> open = new ArrayList<>(0);
  private byte[] candidate = {};
  private int gathered;
  private HeaderScan header = top;
  private boolean inHeader = true;
  private boolean inDigest;
  private boolean over;
  private Place place = Place.LINE_START;
  private Excess excess = Excess.NONE;
  private long headerOctets;
  private int depth;
  private int depthReached;
  private int parts;

  public ContentShape(ContentLimits limits) {
    this.limits = limits;
  }

  /** Looks at the next run of octets. */
  public void see(byte[] octets, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end && !over) {
      i =
          switch (place) {
            case LINE_START -> startLine(octets[i], i);
            case CANDIDATE -> gather(octets, i, end);
            case IN_LINE -> inHeader ? readHeader(octets, i, end) : skipLine(octets, i, end);
            case BEHIND_BOUNDARY -> skipLine(octets, i, end);
          };
    }
  }

  /** Which limit was passed first. */
  public Excess excess() {
    return excess;
  }

  /** How many Received fields the mail's own header has. */
  public int hops() {
    return top.hops();
  }

  /** What the Delivered-To fields of the mail's own header say, in lower case. */
  public Set<String> deliveredTo() {
    return top.deliveredTo();
  }

  /** How many parts there are, on all levels, as far as they were followed. */
  int parts() {
    return parts;
  }

  /** How many levels of parts there are, as far as they were followed. */
  int depth() {
    return depthReached;
  }

  private int startLine(byte octet, int at) {
    boolean candidateBegins = octet == '-' && !open.isEmpty();
    gathered = 0;
    place = candidateBegins ? Place.CANDIDATE : Place.IN_LINE;
    return at;
  }

  private int skipLine(byte[] octets, int from, int end) {
    int lineFeed = Octets.indexOf(octets, from, end, '\n');
    if (lineFeed == end) {
      return end;
    }
    place = Place.LINE_START;
    return lineFeed + 1;
  }

  /** A header that no boundary can end is read as it comes, any other line by line. */
  private int readHeader(byte[] octets, int from, int end) {
    int lineFeed = open.isEmpty() ? end : Octets.indexOf(octets, from, end, '\n');
    int to = Math.min(lineFeed + 1, end);
    int behind = feedHeader(octets, from, to);
    if (behind > from && octets[behind - 1] == '\n') {
      place = Place.LINE_START;
    }
    return behind;
  }

  private int feedHeader(byte[] octets, int from, int end) {
    int behind = header.see(octets, from, end);
    headerOctets += behind - from;
    if (headerOctets > limits.headerOctets()) {
      exceeded(Excess.HEADER_OCTETS);
    } else if (header.fields() > limits.headerFields()) {
      exceeded(Excess.HEADER_FIELDS);
    } else if (header.ended()) {
      endHeader();
    }
    return behind;
  }

  private void endHeader() {
    ContentType type =
        header
            .contentType()
            .map(ContentType::of)
            .orElse(inDigest ? ContentType.MESSAGE : ContentType.TEXT);
    inHeader = false;
    switch (type.kind()) {
      case PLAIN -> {}
      case MESSAGE -> beginPart(depth + 1, false);
      case MULTIPART, DIGEST ->
          type.boundary()
              .ifPresent(boundary ->
                  open.add(
                      new Multipart(boundary, depth + 1, type.kind() == ContentType.Kind.DIGEST)));
    }
    over = over || !inHeader && open.isEmpty();
  }

  private void beginPart(int level, boolean digest) {
    depth = level;
    depthReached = Math.max(depthReached, level);
    parts++;
    header = new HeaderScan();
    inHeader = true;
    inDigest = digest;
    if (depth > limits.depth()) {
      exceeded(Excess.DEPTH);
    } else if (parts > limits.parts()) {
      exceeded(Excess.PARTS);
    }
  }

  private void exceeded(Excess what) {
    excess = what;
    over = true;
    open.clear();
  }

  /** Keeps as much of the line as a boundary can have, then decides. */
  private int gather(byte[] octets, int from, int end) {
    if (candidate.length == 0) {
      candidate = new byte[2 + Boundary.OCTETS_MAX + 3];
    }
    int i = from;
    boolean decided = false;
    while (i < end && !decided) {
      candidate[gathered++] = octets[i++];
      decided =
          candidate[gathered - 1] == '\n'
              || gathered == candidate.length
              || gathered == 2 && candidate[1] != '-';
    }
    if (decided) {
      decide(candidate[gathered - 1] == '\n');
    }
    return i;
  }

  private void decide(boolean wholeLine) {
    boolean boundary = matches();
    place = wholeLine ? Place.LINE_START : boundary ? Place.BEHIND_BOUNDARY : Place.IN_LINE;
    if (!boundary && inHeader) {
      feedHeader(candidate, 0, gathered);
    }
  }

  private boolean matches() {
    for (int i = open.size() - 1; i >= 0 && candidate[1] == '-'; i--) {
      Boundary boundary = open.get(i).boundary();
      int behind = 2 + boundary.length();
      if (boundary.beginsIn(candidate, gathered) && (isClosing(behind) || isEnd(behind))) {
        found(i, isClosing(behind));
        return true;
      }
    }
    return false;
  }

  private boolean isClosing(int at) {
    return at + 1 < gathered && candidate[at] == '-' && candidate[at + 1] == '-';
  }

  private boolean isEnd(int at) {
    return at < gathered && " \t\r\n".indexOf(candidate[at]) >= 0;
  }

  /** A boundary ends whatever stands open inside its multipart, and the multipart itself if it is the closing one. */
  private void found(int index, boolean closing) {
    Multipart multipart = open.get(index);
    open.subList(closing ? index : index + 1, open.size()).clear();
    if (closing) {
      inHeader = false;
      over = open.isEmpty();
    } else {
      beginPart(multipart.depth(), multipart.digest());
    }
  }
}
