"""Which passwords are refused: short ones, common ones, and those that repeat the sign-in name."""

from quiz.core.saying import Saying, say

SHORTEST = 10
LONGEST = 200
COMMON = frozenset(
    """
    0123456789 0987654321 1111111111 1029384756 1122334455 11223344556677 1212121212 1234567890
    12345678900 1234567891 12345678910 123456789a 1234512345 123123123123 123qwe123qwe 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 9876543210 a123456789 aaaaaaaaaa abc1234567 abcd123456
    abcd1234567 abcdefghij abcdefghijk admin12345 administrator asdfghjkl1 asdfghjklm azertyuiop
    baseball123 basketball bismillah1 butterfly1 changeme123 changemenow chocolate1 christmas1
    computer123 cristiano7 dragon12345 everything1 february123 football10 football123 fuckyou123
    geography1 government helloworld helloworld1 iloveyou12 iloveyou123 iloveyou1234 jennifer12
    jesuschrist justin12345 letmein123 letmeinnow liverpool1 liverpoolfc manchester manchester1
    master12345 michael123 minecraft1 monkey12345 motherfucker mypassword mypassword1 newpassword
    p@ssw0rd123 p@ssword12 pass123456 passw0rd12 passw0rd123 password00 password01 password10
    password11 password12 password123 password1234 password12345 password123456 password2024
    password2025 password2026 passwordpassword pokemon123 princess12 princess123 q1w2e3r4t5
    q1w2e3r4t5y6 qazwsxedc1 qazwsxedcrfv qwerty12345 qwerty123456 qwertyuiop qwertyuiop1
    qwertyuiop123 qwertzuiop samsung123 schoolteacher secret1234 spiderman1 starwars123 strawberry
    strawberry1 sunflower1 sunshine12 sunshine123 superman12 superman123 teacher123 teacher1234
    teacher12345 technology thepassword trustno1234 unbelievable universe123 valentine1 volleyball
    welcome123 welcome1234 welcome2024 welcome2025 welcome2026 whatever12 whatever123 whoseword1
    whoseword12 yourpassword zaq12wsxcde zxcvbnm123 zxcvbnm1234
    """.split()
)


def weakness(password: str, name: str) -> Saying | None:
    """What is wrong with a new password, as a sentence for whoever typed it; None where nothing is."""
    if len(password) < SHORTEST:
        return say(
            "A password needs at least %(least)s characters. Three words in a row make a good one.",
            least=SHORTEST,
        )
    if len(password) > LONGEST:
        return say("A password has at most %(most)s characters.", most=LONGEST)
    plain = password.casefold()
    if plain in COMMON or len(set(plain)) < 4:
        return say("This password is among those that are tried first. Take another, such as three words.")
    if name.strip().casefold() and name.strip().casefold() in plain and len(plain) - len(name.strip()) < 6:
        return say("This password repeats your sign-in name. Take another, such as three words.")
    return None
