package dev.weft.function.remote;

import dev.weft.function.FunctionTerms;
import dev.weft.function.TypePattern;
import dev.weft.http.HttpSettings;
import java.io.Serializable;

/**
 * Where functions are served over HTTP.
 *
 * @param functions which ones; one that names a function goes before one that means all of its namespace
 * @param urlTemplate in which {@code {function.name}} stands for the name of the function that is called
 * @param http all else that is known of the endpoint; its url is the template's with any name
 */
public record RemoteEndpoint(TypePattern functions, String urlTemplate, HttpSettings http, FunctionTerms terms)
        implements Serializable {}
