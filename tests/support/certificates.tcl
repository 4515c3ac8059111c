# Certificates for servers and clients on this machine, good and bad, made with openssl when the
# first is asked for, and removed when this process ends.

namespace eval support {
    # What is between the lines of "openssl ca -config".
    variable authority {
        [ca]
        default_ca = default
        [default]
        database = $dir/index
        new_certs_dir = $dir
        default_md = sha256
        policy = any
        rand_serial = yes
        unique_subject = no
        [any]
        commonName = supplied
        [req]
        distinguished_name = empty
        [empty]
        [authority]
        basicConstraints = critical, CA:true
        keyUsage = critical, keyCertSign, cRLSign
        subjectKeyIdentifier = hash
        [server]
        basicConstraints = CA:false
        extendedKeyUsage = serverAuth
        subjectAltName = DNS:localhost, DNS:*.wild.test, IP:127.0.0.1, IP:::1
        [othername]
        extendedKeyUsage = serverAuth
        subjectAltName = DNS:example.com, DNS:example.org
        [dnsaddress]
        extendedKeyUsage = serverAuth
        subjectAltName = DNS:127.0.0.1
        [nameless]
        extendedKeyUsage = serverAuth
        [client]
        basicConstraints = CA:false
        extendedKeyUsage = clientAuth
        subjectAltName = DNS:localhost
    }
}

# The folder with them. All are PEM files; those without .key beside them belong to server.key.
#   ca.pem             the authority that issued what follows; ca.key
#   server.pem         for localhost, *.wild.test, 127.0.0.1 and ::1; server.key
#   expired.pem, notyetvalid.pem    the same, in 2021 and in 2099
#   othername.pem      for example.com and example.org
#   dnsaddress.pem     for 127.0.0.1, as a DNS name
#   nameless.pem       for no host: "localhost" is only its common name
#   notserver.pem      for a client, not a server
#   chain.pem          a server's, issued by an intermediate authority, which is in it too
#   intermediate.pem   that authority; intermediate.key
#   expiredchain.pem   the same, but that authority has expired, in 2021
#   selfsigned.pem     issued by itself
#   unknown.pem        issued by unknownca.pem; unknownca.key
#   clientca.pem       the authority that issued client.pem; clientca.key
#   client.pem         of a client; client.key; both in one: clientboth.pem; client.key with the
#                      password "secret": encrypted.key
#   otherclient.pem    of a client, issued by unknownca.pem; otherclient.key
#   empty.pem          nothing;  garbage.pem    a certificate that is none
#   authorities/       a folder with ca.pem as openssl's c_rehash would have it
proc support::certificates {} {
    variable certificates
    if {![info exists certificates]} {
        set certificates [scratch]
        MakeCertificates $certificates
    }
    return $certificates
}

# The path of one of these files.
proc support::certificate {name} {
    file join [certificates] $name
}

proc support::MakeCertificates {folder} {
    variable authority
    WriteFile [file join $folder openssl.cnf] [string map [list \$dir $folder] $authority]
    WriteFile [file join $folder index] ""
    WriteFile [file join $folder empty.pem] ""
    foreach name {ca unknownca clientca server client otherclient intermediate expiredauthority} {
        Openssl $folder ecparam -name prime256v1 -genkey -noout -out $name.key
    }
    foreach {name key issuer subject extensions start end} {
        ca ca - {Test Authority} authority 20200101 20950101
        unknownca unknownca - {Unknown Authority} authority 20200101 20950101
        clientca clientca - {Client Authority} authority 20200101 20950101
        intermediate intermediate ca {Intermediate Authority} authority 20200101 20950101
        expiredauthority expiredauthority ca {Expired Authority} authority 20200101 20210101
        server server ca localhost server 20200101 20950101
        expired server ca localhost server 20200101 20210101
        notyetvalid server ca localhost server 20940101 20950101
        othername server ca example.com othername 20200101 20950101
        dnsaddress server ca localhost dnsaddress 20200101 20950101
        nameless server ca localhost nameless 20200101 20950101
        notserver server ca localhost client 20200101 20950101
        leaf server intermediate localhost server 20200101 20950101
        expiredleaf server expiredauthority localhost server 20200101 20950101
        selfsigned server - localhost server 20200101 20950101
        unknown server unknownca localhost server 20200101 20950101
        client client clientca joe client 20200101 20950101
        otherclient otherclient unknownca eve client 20200101 20950101
    } {
        Openssl $folder req -config openssl.cnf -new -key $key.key -subj /CN=$subject -out request
        if {$issuer eq "-"} {
            set signer [list -selfsign -keyfile $key.key]
        } else {
            set signer [list -cert $issuer.pem -keyfile $issuer.key]
        }
        Openssl $folder ca -config openssl.cnf -batch -notext {*}$signer -extensions $extensions \
            -startdate ${start}000000Z -enddate ${end}000000Z -in request -out $name.pem
    }
    WriteFile [file join $folder chain.pem] \
        [ReadFile [file join $folder leaf.pem]][ReadFile [file join $folder intermediate.pem]]
    WriteFile [file join $folder expiredchain.pem] [ReadFile [file join $folder expiredleaf.pem]][
        ReadFile [file join $folder expiredauthority.pem]]
    WriteFile [file join $folder clientboth.pem] \
        [ReadFile [file join $folder client.pem]][ReadFile [file join $folder client.key]]
    Openssl $folder pkcs8 -topk8 -in client.key -passout pass:secret -out encrypted.key
    WriteFile [file join $folder garbage.pem] \
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    file mkdir [file join $folder authorities]
    set hash [Openssl $folder x509 -in ca.pem -noout -subject_hash]
    file copy [file join $folder ca.pem] [file join $folder authorities $hash.0]
}

# Runs openssl in a folder.
proc support::Openssl {folder args} {
    set here [pwd]
    cd $folder
    try {
        exec -ignorestderr openssl {*}$args 2>errors
    } on error {message} {
        error "openssl $args: $message\n[ReadFile errors]"
    } finally {
        cd $here
    }
}
