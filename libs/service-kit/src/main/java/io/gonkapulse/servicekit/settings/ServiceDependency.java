package io.gonkapulse.servicekit.settings;

/** What a service cannot do without; it names them under {@code service.needs} in its yaml file. */
enum ServiceDependency {
    DATABASE,
    KAFKA
}
