/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.filesystem.api.FileSystem;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesFile;

/** Reads {@code conf/folder-rules.xml} when James starts. Wrong rules stop the start. */
final class RulesProvider implements Provider<CurrentRules> {
    private final FileSystem files;
    private final FolderRulesFile rules;

    @Inject
    RulesProvider(FileSystem files, FolderRulesFile rules) {
        this.files = files;
        this.rules = rules;
    }

    @Override
    public CurrentRules get() {
        try {
            return CurrentRules.of(rules, new ConfFile(files));
        } catch (FolderRulesException e) {
            throw new ProvisionException(
                    "The folder rules are wrong; James does not start with them.\n" + e.getMessage());
        } catch (IOException e) {
            throw new ProvisionException("The folder rules cannot be read: " + e.getMessage(), e);
        }
    }

    private record ConfFile(FileSystem files) implements CurrentRules.Source {
        @Override
        public String name() {
            return "folder-rules.xml";
        }

        private Path file() throws IOException {
            return files.getFile(FileSystem.FILE_PROTOCOL_AND_CONF + name()).toPath();
        }

        @Override
        public Optional<InputStream> open() throws IOException {
            Path file = file();
            return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
        }

        @Override
        public void write(byte[] text) throws IOException {
            ReplacedFile.write(file(), text);
        }
    }
}
