/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import com.google.inject.ProvidedBy;
import com.google.inject.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the rules in force: those of the file when it was last read and found right. Thread-safe. */
@ProvidedBy(CurrentRules.ModuleNotNamed.class)
public final class CurrentRules {
    private static final Logger LOGGER = LoggerFactory.getLogger(CurrentRules.class);

    /** Where rules are read from. */
    public interface Source {
        /** What messages call it. */
        String name();

        /** The rules' text, which the caller closes; empty where there is no file, which means no rules. */
        Optional<InputStream> open() throws IOException;

        /** Replaces the text: at every moment, also if the server is killed, there is the old one or the new one. */
        default void write(byte[] text) throws IOException {
            throw new IOException(name() + " cannot be written");
        }
    }

    private final FolderRulesFile file;
    private final Source source;
    private volatile InForce inForce = new InForce(RulesContent.NONE, RuleBook.EMPTY);

    /** The rules and the text that they were read from. */
    public record InForce(RulesContent content, RuleBook book) {}

    private CurrentRules(FolderRulesFile file, Source source) {
        this.file = file;
        this.source = source;
    }

    /**
     * Reads {@code source} for the first time.
     *
     * @throws FolderRulesException where anything is wrong with the rules
     * @throws IOException where they cannot be read
     */
    public static CurrentRules of(FolderRulesFile file, Source source) throws FolderRulesException, IOException {
        CurrentRules rules = new CurrentRules(file, source);
        rules.reload();
        return rules;
    }

    /** The rules as they are now: take them once for whatever has to be done under one text of them. */
    public RuleBook get() {
        return inForce.book();
    }

    /** The rules as they are now, with their text. */
    public InForce inForce() {
        return inForce;
    }

    /** What messages call the file. */
    public String name() {
        return source.name();
    }

    /** What stands in the file now, which is not in force where somebody has edited it since it was read. */
    public RulesContent onDisk() throws IOException {
        Optional<InputStream> text = source.open();
        if (text.isEmpty()) {
            return RulesContent.NONE;
        }
        try (InputStream in = text.get()) {
            return RulesContent.of(in.readNBytes(RuleElements.MAX_OCTETS + 1));
        }
    }

    /**
     * Reads the file again, and puts what it says in force.
     *
     * @return the rules now in force
     * @throws FolderRulesException where anything is wrong with them: those before stay in force
     * @throws IOException where they cannot be read: those before stay in force
     */
    public synchronized RuleBook reload() throws FolderRulesException, IOException {
        RulesContent content = onDisk();
        inForce = new InForce(content, read(content));
        if (content.exists()) {
            LOGGER.info("{} folder rules from {}", get().rules().size(), source.name());
        } else {
            LOGGER.info("There is no {}: no folder rules", source.name());
        }
        return get();
    }

    /**
     * The rules that a text would be; it is not put in force.
     *
     * @throws FolderRulesException where anything is wrong with them
     */
    public RuleBook read(RulesContent content) throws FolderRulesException, IOException {
        return content.exists() ? file.read(new ByteArrayInputStream(content.octets()), source.name()) : RuleBook.EMPTY;
    }

    /**
     * Writes the file, all of it or nothing, and puts it in force.
     *
     * @throws FolderRulesException where anything is wrong with the rules: nothing is changed
     * @throws IOException where the file cannot be written: nothing is changed
     */
    public synchronized void write(RulesContent content) throws FolderRulesException, IOException {
        RuleBook book = read(content);
        source.write(content.octets());
        inForce = new InForce(content, book);
        LOGGER.info("{} folder rules written to {}", book.rules().size(), source.name());
    }

    /** Stands in where the Guice module is not named, to say so: Guice's own words would not help an admin. */
    static final class ModuleNotNamed implements Provider<CurrentRules> {
        @Override
        public CurrentRules get() {
            throw new IllegalStateException("Mailroom's folder rules are not set up: in conf/extensions.properties, add"
                    + " org.mailroom.mailets.MailetsModule to guice.extension.module (separated by commas)");
        }
    }
}
