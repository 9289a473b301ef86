/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mpt.imapmailbox.ImapTestConstants;
import org.apache.james.mpt.imapmailbox.suite.base.BasicImapCommands;
import org.apache.james.mpt.protocol.FileProtocolSessionBuilder;
import org.apache.james.mpt.protocol.ProtocolSession;
import org.apache.james.mpt.script.SimpleScriptedTestProtocol;

/**
 * Runs a script of James with some of its lines exchanged, each at all its places. A line that the script does not have
 * fails the test.
 */
final class CorrectedScript extends SimpleScriptedTestProtocol {
    private static final String SCRIPTS = "/org/apache/james/imap/scripts/";
    // bytes stay as they are
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private final Map<String, List<String>> corrections = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();

    private record Answer(String james, String ours) {}

    private CorrectedScript(ScriptedJames james) throws Exception {
        super(SCRIPTS, james);
    }

    /** A script that itself expects the server's greeting. */
    static CorrectedScript connected(ScriptedJames james) throws Exception {
        CorrectedScript script = new CorrectedScript(james);
        script.withUser(ImapTestConstants.USER, ImapTestConstants.PASSWORD).withLocale(Locale.US);
        return script;
    }

    /** A script that begins when the user is logged in. */
    static CorrectedScript loggedIn(ScriptedJames james) throws Exception {
        CorrectedScript script = connected(james);
        BasicImapCommands.welcome(script);
        BasicImapCommands.authenticate(script);
        return script;
    }

    CorrectedScript replacing(String line, String... by) {
        corrections.put(line, List.of(by));
        return this;
    }

    CorrectedScript without(String... lines) {
        for (String line : lines) {
            replacing(line);
        }
        return this;
    }

    /** The line after {@code command}, comments aside, is expected to be {@code ours}, where James expects {@code james}. */
    CorrectedScript answering(String command, String james, String ours) {
        answers.put("C: " + command, new Answer("S: \\* " + james, "S: \\* " + ours));
        return this;
    }

    @Override
    public void addTestFile(String fileName, ProtocolSession session) throws Exception {
        List<String> lines;
        try (InputStream script = CorrectedScript.class.getResourceAsStream(SCRIPTS + fileName)) {
            if (script == null) {
                throw new FileNotFoundException("James has no script " + fileName);
            }
            lines = new String(script.readAllBytes(), BYTES).lines().toList();
        }
        assertThat(lines).as(fileName).containsAll(corrections.keySet()).containsAll(answers.keySet());
        String corrected = String.join("\n", corrected(lines));
        new FileProtocolSessionBuilder()
                .addProtocolLinesFromStream(new ByteArrayInputStream(corrected.getBytes(BYTES)), session, fileName);
    }

    private List<String> corrected(List<String> lines) {
        List<String> corrected = new ArrayList<>();
        String before = "";
        for (String line : lines) {
            Answer answer = line.startsWith("#") ? null : answers.get(before);
            if (answer == null) {
                corrected.addAll(corrections.getOrDefault(line, List.of(line)));
            } else {
                assertThat(line).as("James's answer to %s", before).isEqualTo(answer.james());
                corrected.add(answer.ours());
            }
            before = line.startsWith("#") ? before : line;
        }
        return corrected;
    }
}
