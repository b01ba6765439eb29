package io.gonkapulse.apigateway.security;

import java.util.List;

/**
 * The content of a key file.
 *
 * @param problems one text for each invalid line, with its line number
 */
record KeyFileContent(List<ApiKey> keys, List<String> problems) {}
