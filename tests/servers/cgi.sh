#!/bin/sh
# A CGI script for the tests, on Apache httpd. Its path says what it does; tests/support/network.tcl
# has the list.

case $PATH_INFO in
*/environment)
    printf 'Content-Type: text/plain\r\n\r\n'
    env
    ;;
*/body)
    printf 'X-Type: %s\r\nX-Length: %s\r\n\r\n' "$CONTENT_TYPE" "$CONTENT_LENGTH"
    cat
    ;;
*/count)
    printf 'Content-Type: text/plain\r\n\r\n'
    printf '%s %s' "$CONTENT_LENGTH" "$(cksum)"
    ;;
*/cut)
    printf 'Content-Length: 100\r\n\r\nhello'
    ;;
*/nothing) ;;
*/refuse)
    printf 'Status: 403 Forbidden\r\n\r\nnot read'
    ;;
*/redirect)
    printf 'Status: 307 Again\r\nLocation: body?%s\r\n\r\n' "$QUERY_STRING"
    ;;
*)
    printf 'Status: 404 Not Found\r\n\r\n%s' "$PATH_INFO"
    ;;
esac
