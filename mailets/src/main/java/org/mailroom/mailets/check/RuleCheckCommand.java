/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/**
 * Checks a rules file from the command line: by itself that it can be read, and with the address of a webadmin, what its
 * rules match in the mail there. Ends with 0 where the file is right, 1 where it is not or cannot be checked, and 2 where
 * the command makes no sense.
 */
public final class RuleCheckCommand {
    /** The environment variable that holds a webadmin's JSON web token: what stands in a command, others can see. */
    static final String TOKEN = "WEBADMIN_TOKEN";

    private static final String USAGE = "Arguments: [--webadmin http://HOST:PORT [--days N] [--user NAME]...] FILE\n"
            + "A token for webadmin goes into the environment variable " + TOKEN + ".";

    private final PrintStream out;
    private final PrintStream err;
    private final Optional<String> token;

    private RuleCheckCommand(PrintStream out, PrintStream err, Optional<String> token) {
        this.out = out;
        this.err = err;
        this.token = token;
    }

    /** See the class. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), Optional.ofNullable(System.getenv(TOKEN)), System.out, System.err));
    }

    /**
     * Does what the class says.
     *
     * @param token a JSON web token for webadmin
     * @return with what the command ends
     */
    public static int run(List<String> arguments, Optional<String> token, PrintStream out, PrintStream err)
            throws InterruptedException {
        return new RuleCheckCommand(out, err, token).run(arguments);
    }

    private record Arguments(Optional<String> webadmin, List<String> query, Path file) {
        static Arguments of(List<String> words) {
            Optional<String> webadmin = Optional.empty();
            List<String> query = new ArrayList<>();
            List<String> files = new ArrayList<>();
            for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
                String word = rest.next();
                boolean option = word.startsWith("--");
                if (option && !rest.hasNext()) {
                    throw new IllegalArgumentException("a value is missing behind " + word);
                }
                switch (word) {
                    case "--webadmin" -> webadmin = Optional.of(rest.next());
                    case "--days", "--user" -> query.add(
                            word.substring(2) + "=" + URLEncoder.encode(rest.next(), StandardCharsets.UTF_8));
                    default -> {
                        if (option) {
                            throw new IllegalArgumentException("there is no option " + word);
                        }
                        files.add(word);
                    }
                }
            }
            if (files.size() != 1) {
                throw new IllegalArgumentException("one file is checked, not " + files.size());
            }
            if (webadmin.isEmpty() && !query.isEmpty()) {
                throw new IllegalArgumentException("days and users are for mail, which needs --webadmin");
            }
            return new Arguments(webadmin, query, Path.of(files.get(0)));
        }
    }

    private int run(List<String> words) throws InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.of(words);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        }
        try {
            byte[] text = Files.readAllBytes(arguments.file());
            int rules = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                    .read(new ByteArrayInputStream(text), arguments.file().toString())
                    .rules()
                    .size();
            if (arguments.webadmin().isPresent()) {
                return replay(arguments.webadmin().get(), arguments.query(), text);
            }
            out.println(arguments.file() + ": " + rules + (rules == 1 ? " rule" : " rules") + ", nothing wrong");
            return 0;
        } catch (FolderRulesException e) {
            err.println(e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            err.println("The file cannot be checked: " + e);
        }
        return 1;
    }

    private int replay(String webadmin, List<String> query, byte[] text) throws IOException, InterruptedException {
        URI check = URI.create(webadmin.replaceFirst("/+$", "") + "/folderRules/check"
                + (query.isEmpty() ? "" : "?" + String.join("&", query)));
        HttpRequest.Builder request = HttpRequest.newBuilder(check)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(text));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean right = answer.statusCode() == 200;
        (right ? out : err).println(answer.body());
        return right ? 0 : 1;
    }
}
