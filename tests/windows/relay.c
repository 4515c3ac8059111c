/* A program for Windows that runs one of the Unix side, where Wine's pipes cannot be handed over:
   that of its own name and folder, without ".exe". It asks bridge.py on loopback, at BRIDGE_PORT
   with BRIDGE_KEY, to start it, and relays arguments, standard streams and the exit status. Tests
   start it as they start the program elsewhere.

   To the bridge goes the key, then lists of strings: path and arguments, folder, environment; then
   standard input in pieces, the last one empty. From there come pieces, each behind a letter: O and
   E for standard output and error, X for the status. Lengths are 32 bits, little-endian.

   As kill.exe it ends processes of Windows: "kill ?-SIGNAL? PID ...". */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

static SOCKET bridge;

static BOOL put(const void *bytes, unsigned count)
{
    const char *next = bytes;
    while (count > 0) {
        int sent = send(bridge, next, count, 0);
        if (sent <= 0) return FALSE;
        next += sent;
        count -= sent;
    }
    return TRUE;
}

static BOOL take(void *bytes, unsigned count)
{
    char *next = bytes;
    while (count > 0) {
        int received = recv(bridge, next, count, 0);
        if (received <= 0) return FALSE;
        next += received;
        count -= received;
    }
    return TRUE;
}

static void put_string(const wchar_t *text)
{
    unsigned size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *bytes = malloc(size);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, size, NULL, NULL);
    size--;
    put(&size, sizeof size);
    put(bytes, size);
    free(bytes);
}

/* The bridge may have gone with the program while there is still input: the main thread sees it. */
static DWORD WINAPI relay_input(void *unused)
{
    static char bytes[65536];
    DWORD count;
    do {
        if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes, sizeof bytes, &count, NULL)) count = 0;
    } while (put(&count, sizeof count) && put(bytes, count) && count > 0);
    return 0;
}

static int relay_output(void)
{
    static char bytes[65536];
    for (;;) {
        char kind;
        unsigned count;
        if (!take(&kind, 1) || !take(&count, sizeof count)) {
            fputs("relay: the bridge is gone\n", stderr);
            return 125;
        }
        if (kind == 'X') return count;
        HANDLE out = GetStdHandle(kind == 'O' ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
        while (count > 0) {
            unsigned size = count < sizeof bytes ? count : sizeof bytes;
            DWORD written;
            if (!take(bytes, size)) return 125;
            /* Nobody may be reading it any more. */
            WriteFile(out, bytes, size, &written, NULL);
            count -= size;
        }
    }
}

static int end_processes(int count, wchar_t **words)
{
    int status = 0;
    for (int i = 1; i < count; i++) {
        if (words[i][0] == L'-') continue;
        HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, wcstoul(words[i], NULL, 10));
        if (process == NULL || !TerminateProcess(process, 143)) status = 1;
        if (process != NULL) CloseHandle(process);
    }
    return status;
}

int wmain(int count, wchar_t **words)
{
    WSADATA data;
    wchar_t path[4096], *environment = GetEnvironmentStringsW(), *item;
    const char *port = getenv("BRIDGE_PORT"), *key = getenv("BRIDGE_KEY");
    struct sockaddr_in address = {0};
    unsigned items;

    GetModuleFileNameW(NULL, path, 4096);
    wchar_t *name = wcsrchr(path, L'\\');
    if (name != NULL && _wcsicmp(name, L"\\kill.exe") == 0) return end_processes(count, words);

    WSAStartup(MAKEWORD(2, 2), &data);
    bridge = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_port = htons(port ? atoi(port) : 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!port || !key || connect(bridge, (struct sockaddr *)&address, sizeof address) != 0) {
        fputs("relay: there is no bridge\n", stderr);
        return 126;
    }
    put(key, strlen(key));
    items = count;
    put(&items, sizeof items);
    put_string(path);
    for (int i = 1; i < count; i++) put_string(words[i]);
    GetCurrentDirectoryW(4096, path);
    put_string(path);
    items = 0;
    for (item = environment; *item; item += wcslen(item) + 1) items++;
    put(&items, sizeof items);
    for (item = environment; *item; item += wcslen(item) + 1) put_string(item);
    CreateThread(NULL, 0, relay_input, NULL, 0, NULL);
    ExitProcess(relay_output());
}
