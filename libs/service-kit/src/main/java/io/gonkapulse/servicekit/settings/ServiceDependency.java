package io.gonkapulse.servicekit.settings;

/** Infrastructure that a service needs; listed in its YAML file as {@code service.needs}. */
enum ServiceDependency {
    DATABASE,
    KAFKA
}
