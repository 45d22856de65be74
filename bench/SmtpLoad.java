import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Sends mails over connections that are reused, in the clear or over TLS: port, "clear" or "tls" (STARTTLS), mails,
 * sessions, octets, recipient. Says how many seconds it took from the first mail to the last 250, handshakes apart.
 */
final class SmtpLoad {
  private final int port;
  private final boolean tls;
  private final String recipient;
  private final byte[] content;
  private final AtomicInteger left;
  private final CountDownLatch ready;
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger failed = new AtomicInteger();

  private SmtpLoad(int port, boolean tls, int mails, int sessions, int octets, String recipient) {
    this.port = port;
    this.tls = tls;
    this.recipient = recipient;
    this.left = new AtomicInteger(mails);
    this.ready = new CountDownLatch(sessions);
    String line = "x".repeat(78) + "\r\n";
    this.content =
        ("Subject: load\r\n\r\n" + line.repeat(Math.max(1, octets / line.length())) + ".\r\n")
            .getBytes(US_ASCII);
  }

  public static void main(String[] args) throws Exception {
    int sessions = Integer.parseInt(args[3]);
    SmtpLoad load =
        new SmtpLoad(
            Integer.parseInt(args[0]),
            args[1].equals("tls"),
            Integer.parseInt(args[2]),
            sessions,
            Integer.parseInt(args[4]),
            args[5]);
    Thread[] threads = new Thread[sessions];
    for (int i = 0; i < sessions; i++) {
      threads[i] = Thread.ofVirtual().start(load::session);
    }
    load.ready.await();
    long begun = System.nanoTime();
    load.go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    if (load.failed.get() > 0) {
      System.err.println(load.failed + " sessions failed");
      System.exit(1);
    }
    System.out.println((System.nanoTime() - begun) / 1e9);
  }

  private void session() {
    try (Socket clear = new Socket("127.0.0.1", port)) {
      clear.setTcpNoDelay(true);
      Talk talk = new Talk(clear);
      talk.hears("220");
      talk.asks("EHLO client.example\r\n", "250");
      if (tls) {
        talk.asks("STARTTLS\r\n", "220");
        talk = new Talk(anybody().getSocketFactory().createSocket(clear, "localhost", port, true));
        talk.asks("EHLO client.example\r\n", "250");
      }
      ready.countDown();
      go.await();
      while (left.getAndDecrement() > 0) {
        talk.says("MAIL FROM:<load@load.test>\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n");
        talk.hears("250");
        talk.hears("250");
        talk.hears("354");
        talk.out.write(content);
        talk.hears("250");
      }
      talk.asks("QUIT\r\n", "221");
    } catch (IOException | InterruptedException | java.security.GeneralSecurityException e) {
      System.err.println(e);
      failed.incrementAndGet();
      ready.countDown();
    }
  }

  private static final class Talk {
    private final BufferedReader in;
    private final OutputStream out;

    Talk(Socket socket) throws IOException {
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII), 1024);
      out = socket.getOutputStream();
    }

    void says(String words) throws IOException {
      out.write(words.getBytes(US_ASCII));
    }

    void asks(String words, String code) throws IOException {
      says(words);
      hears(code);
    }

    void hears(String code) throws IOException {
      String line;
      do {
        line = in.readLine();
        if (line == null || !line.startsWith(code)) {
          throw new IOException("not " + code + ": " + line);
        }
      } while (line.length() > 3 && line.charAt(3) == '-');
    }
  }

  private static SSLContext anybody() throws java.security.GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager all =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {all}, null);
    return context;
  }
}
