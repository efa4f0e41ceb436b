"""Writes `digests/rules/given_names.tsv`: given names with the sex of most who bear them.

    pip install ".[gazetteer]" && python tools/build_given_names.py

Source: `faker` (MIT): the given names of its locales in Latin script. A name that men and women bear is left out.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import faker.providers.person as locales

from digests.rules.given_names import plain_name

OUT = Path(__file__).parent.parent / "digests" / "rules" / "given_names.tsv"
# So many times as many locales must give a name to the one sex as to the other.
MAJORITY = 10
_LATIN = re.compile(r"[A-Za-zÀ-ž'-]{2,}")

# What newsrooms write for names of other scripts, which the package has in those scripts only.
EXTRA = {
    "m": """Abbas Abdallah Abdel Abdul Abdulaziz Abdullah Abdulrahman Adnan Ahmad Ahmed Akbar Ali Amin Amir
        Anatoly Andrei Andriy Anwar Arkady Arvind Asad Asif Ashraf Aziz Bahram Bashar Bashir Benny
        Bilal Binyamin Boris Dmitri Dmitry Dmytro Ehud Emmanuel Fahad Faisal Farhad Farid Faruk
        Fawad Fuad Gennady Ghulam Gideon Habib Haider Haitham Hakan Hamad Hamid Hamza Haruna Hasan
        Hashem Hassan Hossein Husam Hussain Hussein Ibrahim Idris Ihor Ilya Imran Iqbal Ismail Issa
        Itamar Jalal Jamal Javad Javed Kamal Kareem Karim Kassem Khaled Khalid Khalil Kirill Kourosh
        Kyrylo Leonid Mahdi Mahmood Mahmoud Mahmud Majid Malik Mansoor Mansour Marwan Masoud Maxim
        Mehdi Mikhail Mohamad Mohamed Mohammad Mohammed Mohsen Muhammad Muhammadu Mukhtar Mustafa
        Mykola Nabih Nabil Naftali Najib Narendra Naser Nasser Nawaz Nikolai Oleh Oleksandr Oleksiy
        Omar Osama Pavlo Petro Pyotr Qasem Rafiq Rahul Rajesh Ramzan Rashid Reza Riyad Rustam Saad
        Sadiq Saeed Salah Saleh Salim Salman Samir Sanjay Saud Sayed Serhiy Sergei Sergey Shahbaz
        Shehbaz Stanislav Sultan Sunil Taha Tareq Tariq Usman Vadim Valery Vasyl Viktor Vitaliy
        Vladimir Volodymyr Vyacheslav Walid Yahya Yair Yasser Yevgeny Yitzhak Yoav Yousef Youssef
        Yuri Yusuf Zaher Zahid Zaki Ziad Zulfikar""",
    "f": """Aisha Alina Amal Amina Anastasia Anna Anwara Asma Ayesha Azadeh Benazir Daria Ekaterina Elena
        Fatemeh Fatima Fatou Galina Ghada Hanan Hina Huda Indira Iryna Irina Jamila Kamala Khadija
        Larisa Latifa Layla Leila Lyudmila Maha Maria Marina Maryam Mariam Masha Nadezhda Nadia
        Nasreen Natalia Nataliya Nikki Noura Oksana Olena Olga Parvin Priya Rania Razia Rima Roya
        Sadia Safia Samira Sania Sheikha Shirin Shireen Sonia Svetlana Tatiana Tetiana Tzipi
        Valentina Yulia Zahra Zainab Zeinab Zohreh""",
}

# Names that both bear, whatever the package has.
SHARED = frozenset(
    "andrea ariel dana jan joan leslie luca marian marion max noor nur robin sacha sasha shannon".split()
)


def main() -> None:
    """Reads all locales and writes the table."""
    counts: dict[str, Counter[str]] = {"m": Counter(), "f": Counter()}
    for module in sorted(one.name for one in pkgutil.iter_modules(locales.__path__)):
        provider = importlib.import_module(f"{locales.__name__}.{module}").Provider
        for sex, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
            names = {str(name) for name in getattr(provider, attribute, ()) or ()}
            counts[sex].update({plain_name(name) for name in names if _LATIN.fullmatch(name)})
    told = {plain_name(name): sex for sex, names in EXTRA.items() for name in names.split()}
    for sex, other in (("m", "f"), ("f", "m")):
        for name, number in counts[sex].items():
            if number >= MAJORITY * counts[other][name]:
                told.setdefault(name, sex)
    told = {name: sex for name, sex in told.items() if name not in SHARED}
    lines = [
        "# sex, given names in small letters without accents",
        "# Written by tools/build_given_names.py from faker (MIT) and a list of its own.",
    ]
    rows: dict[tuple[str, str], list[str]] = {}
    for name, sex in told.items():
        rows.setdefault((sex, name[0]), []).append(name)
    lines += [f"{sex}\t{'|'.join(sorted(names))}" for (sex, _), names in sorted(rows.items())]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(told)} names")


if __name__ == "__main__":
    main()
