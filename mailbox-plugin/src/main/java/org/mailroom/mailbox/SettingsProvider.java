/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox;

import com.google.inject.ProvisionException;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.config.SearchIndexFile;

/** Reads {@code conf/search-index.xml} when James starts. A mistake in it stops the start. */
final class SettingsProvider implements Provider<SearchIndexConfiguration> {
    private final ConfigurationProvider files;

    @Inject
    SettingsProvider(ConfigurationProvider files) {
        this.files = files;
    }

    @Override
    public SearchIndexConfiguration get() {
        try {
            return SearchIndexFile.read(files.getConfiguration("search-index"));
        } catch (ConfigurationException e) {
            throw new ProvisionException(e.getMessage(), e);
        }
    }
}
