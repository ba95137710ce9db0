package dev.weft.http;

/** Which version of HTTP is spoken. */
public enum HttpProtocol {
    /** HTTP/2 where TLS agrees on it, else HTTP/1.1. */
    AUTO,
    /** HTTP/1.1 only. */
    HTTP_1_1,
    /** HTTP/2 only: agreed on with TLS, known beforehand without. */
    HTTP_2
}
