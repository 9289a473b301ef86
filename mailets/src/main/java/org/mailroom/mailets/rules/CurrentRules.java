/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import com.google.inject.ProvidedBy;
import com.google.inject.Provider;
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
    }

    private final FolderRulesFile file;
    private final Source source;
    private volatile RuleBook rules;

    private CurrentRules(FolderRulesFile file, Source source, RuleBook rules) {
        this.file = file;
        this.source = source;
        this.rules = rules;
    }

    /**
     * Reads {@code source} for the first time.
     *
     * @throws FolderRulesException where anything is wrong with the rules
     * @throws IOException where they cannot be read
     */
    public static CurrentRules of(FolderRulesFile file, Source source) throws FolderRulesException, IOException {
        CurrentRules rules = new CurrentRules(file, source, RuleBook.EMPTY);
        rules.reload();
        return rules;
    }

    /** The rules as they are now: take them once for whatever has to be done under one text of them. */
    public RuleBook get() {
        return rules;
    }

    /**
     * Reads the file again, and puts what it says in force.
     *
     * @return the rules now in force
     * @throws FolderRulesException where anything is wrong with them: those before stay in force
     * @throws IOException where they cannot be read: those before stay in force
     */
    public synchronized RuleBook reload() throws FolderRulesException, IOException {
        Optional<InputStream> text = source.open();
        if (text.isEmpty()) {
            LOGGER.info("There is no {}: no folder rules", source.name());
            rules = RuleBook.EMPTY;
            return rules;
        }
        try (InputStream in = text.get()) {
            rules = file.read(in, source.name());
        }
        LOGGER.info("{} folder rules from {}", rules.rules().size(), source.name());
        return rules;
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
