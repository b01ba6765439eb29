package io.gonkapulse.migrations.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the version that the build wrote into the manifest of the jar. */
final class MigrationsVersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = MigrationsVersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {"migrations " + (version == null ? "(not from a jar)" : version)};
    }
}
